-- title: History of a resource
-- question: How was this resource configured, and when did that change?
-- requirements: ARCH-P9, ARCH-S10, ARCH-S14, CFR-11.10(b), CFR-11.10(e), A11-4, A11-10
-- explanation: Each state that AWS Config recorded for the resource in the period, with its configuration.
--   Who caused a change is answered by resource-changes.
-- columns: time_utc, account, region, resource_type, resource_id, resource_name, status, configuration
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: resource (resource, required): ARN, id or name of the resource

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
  item.resourcetype AS resource_type,
  item.resourceid AS resource_id,
  item.resourcename AS resource_name,
  item.configurationitemstatus AS status,
  item.configuration AS configuration
FROM items
WHERE item.configurationitemcapturetime >= ${from_time} AND item.configurationitemcapturetime < ${until_time}
  AND (item.arn = ${resource} OR item.resourceid = ${resource} OR item.resourcename = ${resource})
  AND item.resourcetype <> 'AWS::Config::ResourceCompliance'
ORDER BY time_utc, resource_type, resource_id
