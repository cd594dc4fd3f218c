-- title: Products
-- question: Which product versions were launched, who approved them, and were they qualified?
-- requirements: ARCH-P5, ARCH-S2, ARCH-S7, ARCH-S14, CFR-11.10(a), A11-4, A11-10
-- explanation: One line for each installation qualification.
-- columns: time_utc, account, region, stack, product, version, launched_by, approved_by, approved_at, verdict, reports
-- parameter: account (accounts, required): Accounts to look into

SELECT
  CAST(from_iso8601_timestamp(time) AS timestamp) AS time_utc,
  account,
  region,
  stackname AS stack,
  product,
  version,
  launchedby AS launched_by,
  approvedby AS approved_by,
  approvedat AS approved_at,
  verdict,
  1 AS reports
FROM iq_reports
WHERE account IN (${account})
  AND day BETWEEN ${from_day} AND ${to_day}
  AND time >= ${from_time} AND time < ${until_time}
ORDER BY time_utc, stack
