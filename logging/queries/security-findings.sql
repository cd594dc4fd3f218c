-- title: Security findings
-- question: What did the security services find, and what became of it?
-- requirements: ARCH-P6, ARCH-S13, ARCH-S14, A11-11, A11-13
-- explanation: Findings of Security Hub, each with its state when it was last sent in the period: how grave,
--   whether it is still active and what people decided.
-- columns: time_utc, account, region, severity, title, resource, compliance, record_state, decision,
--   first_found_utc, finding_id
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: about_account (text, default ''): Only findings about this account; empty: all

WITH sent AS (
  SELECT element_at(f.detail.findings, n) AS finding
  FROM findings AS f
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(f.detail.findings), 0), 1))) AS t(n)
  WHERE ('all' IN (${region}) OR f.region IN (${region}))
    AND f.day BETWEEN ${from_day} AND ${to_day}
    AND f.event_time >= ${from_time} AND f.event_time < ${until_time}
),
ranked AS (
  SELECT finding, row_number() OVER (PARTITION BY finding.id ORDER BY finding.updatedat DESC) AS newest_first
  FROM sent
)
SELECT
  finding.updatedat AS time_utc,
  finding.awsaccountid AS account,
  finding.region AS region,
  finding.severity.label AS severity,
  finding.title AS title,
  element_at(finding.resources, 1).id AS resource,
  coalesce(finding.compliance.status, '') AS compliance,
  finding.recordstate AS record_state,
  finding.workflow.status AS decision,
  finding.createdat AS first_found_utc,
  finding.id AS finding_id
FROM ranked
WHERE newest_first = 1
  AND (${about_account} = '' OR finding.awsaccountid = ${about_account})
ORDER BY time_utc, finding_id
