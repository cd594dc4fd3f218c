-- title: Names looked up
-- question: Which names did the instances of this network look up?
-- requirements: ARCH-S8, ARCH-S14, CFR-11.10(h), A11-13
-- explanation: Questions to the resolver of a VPC, added up per instance and name, with what the DNS firewall
--   did. The key of these records has no region, so name the VPC.
-- columns: first_utc, last_utc, account, region, vpc, asked_by, name, record_type, answer, firewall,
--   questions
-- parameter: account (accounts, required): Accounts to look into
-- parameter: vpc (vpcs, required): VPCs that the questions came from
-- parameter: domain (domain, default ''): Only this name and those below it; empty: all

SELECT
  min(query_timestamp) AS first_utc,
  max(query_timestamp) AS last_utc,
  account_id AS account,
  region,
  vpc_id AS vpc,
  coalesce(srcids.instance, srcids.resolver_endpoint, srcaddr) AS asked_by,
  query_name AS name,
  query_type AS record_type,
  rcode AS answer,
  coalesce(firewall_rule_action, '') AS firewall,
  count(*) AS questions
FROM resolver_queries
WHERE account IN (${account})
  AND vpc IN (${vpc})
  AND day BETWEEN ${from_day} AND ${to_day}
  AND query_timestamp >= ${from_time} AND query_timestamp < ${until_time}
  AND (${domain} = ''
    OR strpos('.' || lower(regexp_replace(query_name, '\.$', '')) || '|', '.' || lower(regexp_replace(${domain}, '\.$', '')) || '|') > 0)
GROUP BY account_id, region, vpc_id, coalesce(srcids.instance, srcids.resolver_endpoint, srcaddr), query_name, query_type, rcode,
  coalesce(firewall_rule_action, '')
ORDER BY first_utc, asked_by, name
