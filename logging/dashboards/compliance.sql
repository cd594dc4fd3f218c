-- title: Compliance
-- question: How many resources did not comply, or complied again, day by day and rule by rule?
-- requirements: ARCH-S10, ARCH-S14, CFR-11.10(a), A11-4, A11-11
-- explanation: Resources of which a rule said something new that day, by what it said.
-- columns: day_utc, account, region, rule_name, verdict, resources
-- parameter: account (accounts, required): Accounts to look into

WITH items AS (
  SELECT element_at(c.configurationitems, n) AS item, c.account, c.region
  FROM config_history AS c
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(c.configurationitems), 0), 1))) AS t(n)
  WHERE c.account IN (${account})
    AND c.day IN (${config_days})
    AND c.kind = 'ConfigHistory'
),
verdicts AS (
  SELECT
    date_trunc('day', CAST(from_iso8601_timestamp(item.configurationitemcapturetime) AS timestamp)) AS day_utc,
    account,
    region,
    json_extract_scalar(item.configuration, '$.targetResourceId') AS resource,
    json_extract_scalar(rule, '$.configRuleName') AS rule_name,
    json_extract_scalar(rule, '$.complianceType') AS verdict
  FROM items
  CROSS JOIN UNNEST(CAST(json_extract(item.configuration, '$.configRuleList') AS array(json))) AS r(rule)
  WHERE item.resourcetype = 'AWS::Config::ResourceCompliance'
    AND item.configurationitemcapturetime >= ${from_time} AND item.configurationitemcapturetime < ${until_time}
)
SELECT day_utc, account, region, rule_name, verdict, count(DISTINCT resource) AS resources
FROM verdicts
GROUP BY day_utc, account, region, rule_name, verdict
ORDER BY day_utc, account, rule_name, verdict
