-- title: Compliance history of a resource
-- question: Since when does this resource comply, or not, and with which rules?
-- requirements: ARCH-S10, ARCH-S14, CFR-11.10(a), A11-4, A11-11
-- explanation: What the rules said of the resource, each time that changed, rule by rule. The resource may
--   have had the state before the period began: ask from an earlier day to see it.
-- columns: time_utc, account, region, resource_type, resource_id, rule_name, verdict, verdict_of_all_rules
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: resource (resource, required): Id of the resource, as Config has it, such as the name of a
--   bucket

WITH items AS (
  SELECT element_at(c.configurationitems, n) AS item, c.account, c.region
  FROM config_history AS c
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(c.configurationitems), 0), 1))) AS t(n)
  WHERE c.account IN (${account})
    AND ('all' IN (${region}) OR c.region IN (${region}))
    AND c.day IN (${config_days})
    AND c.kind = 'ConfigHistory'
)
SELECT
  item.configurationitemcapturetime AS time_utc,
  account,
  region,
  json_extract_scalar(item.configuration, '$.targetResourceType') AS resource_type,
  json_extract_scalar(item.configuration, '$.targetResourceId') AS resource_id,
  json_extract_scalar(rule, '$.configRuleName') AS rule_name,
  json_extract_scalar(rule, '$.complianceType') AS verdict,
  json_extract_scalar(item.configuration, '$.complianceType') AS verdict_of_all_rules
FROM items
CROSS JOIN UNNEST(CAST(json_extract(item.configuration, '$.configRuleList') AS array(json))) AS r(rule)
WHERE item.resourcetype = 'AWS::Config::ResourceCompliance'
  AND item.configurationitemcapturetime >= ${from_time} AND item.configurationitemcapturetime < ${until_time}
  AND json_extract_scalar(item.configuration, '$.targetResourceId') = ${resource}
ORDER BY time_utc, rule_name
