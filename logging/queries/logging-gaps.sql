-- title: Gaps in the audit trail
-- question: Was there a time when an account's trail was silent?
-- requirements: ARCH-P4, ARCH-S12, ARCH-S14, CFR-11.10(e), A11-9, A11-17
-- explanation: Stretches of at least so many hours in which an account has no record in the chosen regions.
--   An account without any record has one gap, the whole period. A quiet account is not yet a fault: the
--   verification of the archive says whether digests are missing too. Let the period end in the past.
-- columns: account, silent_from_utc, silent_until_utc, hours
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: hours (hours, default '24'): How long a silence must be to be listed: 0 to 168 hours

WITH marks AS (
  SELECT
    account,
    min(from_iso8601_timestamp(eventtime)) AS first_record,
    max(from_iso8601_timestamp(eventtime)) AS last_record
  FROM cloudtrail
  WHERE account IN (${account})
    AND ('all' IN (${region}) OR region IN (${region}))
    AND day BETWEEN ${from_day} AND ${to_day}
    AND eventtime >= ${from_time} AND eventtime < ${until_time}
  GROUP BY account, substr(eventtime, 1, 13)
  UNION ALL
  SELECT expected, from_iso8601_timestamp(${from_time}), from_iso8601_timestamp(${from_time})
  FROM UNNEST(ARRAY[${account}]) AS accounts(expected)
  UNION ALL
  SELECT expected, from_iso8601_timestamp(${until_time}), from_iso8601_timestamp(${until_time})
  FROM UNNEST(ARRAY[${account}]) AS accounts(expected)
),
silences AS (
  SELECT
    account,
    lag(last_record) OVER (PARTITION BY account ORDER BY first_record, last_record) AS silent_from,
    first_record AS silent_until
  FROM marks
)
SELECT
  account,
  date_format(silent_from, '%Y-%m-%dT%H:%i:%sZ') AS silent_from_utc,
  date_format(silent_until, '%Y-%m-%dT%H:%i:%sZ') AS silent_until_utc,
  CAST(floor(date_diff('second', silent_from, silent_until) / 3600.0) AS bigint) AS hours
FROM silences
WHERE date_diff('second', silent_from, silent_until) >= 3600 * ${hours}
ORDER BY account, silent_from_utc
