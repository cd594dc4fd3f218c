-- title: Verifications of the archive
-- question: Was the archive verified, and what was found?
-- requirements: ARCH-P4, ARCH-P9, ARCH-S8, ARCH-S14, CFR-11.10(c), CFR-11.10(e), A11-7.1, A11-17
-- explanation: One line for each finding of each verification, and one without a finding for each that found
--   nothing. A day without a line was not verified.
-- columns: time_utc, verdict, verified_from_utc, verified_until_utc, digests_verified, files_verified,
--   severity, finding, account, region, detail, report_id

SELECT
  i.finishedat AS time_utc,
  i.verdict,
  i.period_from AS verified_from_utc,
  i.period_to AS verified_until_utc,
  i.summary.digestsverified AS digests_verified,
  i.summary.logfilesverified AS files_verified,
  element_at(i.findings, n).severity AS severity,
  element_at(i.findings, n).kind AS finding,
  element_at(i.findings, n).account AS account,
  element_at(i.findings, n).region AS region,
  element_at(i.findings, n).detail AS detail,
  i.report_id
FROM integrity_reports AS i
CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(i.findings), 0), 1))) AS t(n)
WHERE i.day BETWEEN ${from_day} AND ${to_day}
  AND i.finishedat >= ${from_time} AND i.finishedat < ${until_time}
ORDER BY time_utc, report_id, n
