-- title: Qualification of launched products
-- question: Who launched this product, who approved it, and was it qualified?
-- requirements: ARCH-P5, ARCH-S2, ARCH-S7, ARCH-S14, CFR-11.10(a), A11-4, A11-10
-- explanation: One line for each installation qualification. The digest is that of the signed manifest: gxp
--   iq verify checks it against the report.
-- columns: time_utc, account, region, stack, product, version, launched_by, approved_by, approved_at_utc,
--   verdict, tests_passed, tests_failed, tests_unread, report, manifest_digest
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: product (text, default ''): Only products of this name; empty: all

SELECT
  time AS time_utc,
  account,
  region,
  stackname AS stack,
  product,
  version,
  launchedby AS launched_by,
  approvedby AS approved_by,
  approvedat AS approved_at_utc,
  verdict,
  counts.passed AS tests_passed,
  counts.failed AS tests_failed,
  counts.unread AS tests_unread,
  report,
  manifestsha256 AS manifest_digest
FROM iq_reports
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND time >= ${from_time} AND time < ${until_time}
  AND (${product} = '' OR lower(product) = lower(${product}))
ORDER BY time_utc, report_id
