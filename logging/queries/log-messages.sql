-- title: Messages in logs
-- question: What did this log group record?
-- requirements: ARCH-S8, ARCH-S14, CFR-11.10(b), CFR-11.10(e), A11-8, A11-9
-- explanation: Messages of a log group, in any account, that contain a text: what was typed in a session, or
--   what an application wrote.
-- columns: time_utc, account, region, log_group, log_stream, message
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: log_group (text, required): Name of the log group
-- parameter: contains (text, default ''): Only messages with this text; empty: all
-- parameter: about_account (text, default ''): Only log groups of this account; empty: all

WITH messages AS (
  SELECT l.owner, l.region, l.loggroup, l.logstream, element_at(l.logevents, n) AS entry
  FROM log_events AS l
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(l.logevents), 0), 1))) AS t(n)
  WHERE ('all' IN (${region}) OR l.region IN (${region}))
    AND l.day BETWEEN ${from_day} AND ${to_day}
    AND l.messagetype = 'DATA_MESSAGE'
    AND l.loggroup = ${log_group}
    AND (${about_account} = '' OR l.owner = ${about_account})
)
SELECT
  date_format(from_unixtime(entry."timestamp" / 1000.0), '%Y-%m-%dT%H:%i:%sZ') AS time_utc,
  owner AS account,
  region,
  loggroup AS log_group,
  logstream AS log_stream,
  entry.message AS message
FROM messages
WHERE entry."timestamp" / 1000.0 >= to_unixtime(from_iso8601_timestamp(${from_time}))
  AND entry."timestamp" / 1000.0 < to_unixtime(from_iso8601_timestamp(${until_time}))
  AND (${contains} = '' OR strpos(entry.message, ${contains}) > 0)
ORDER BY time_utc, log_stream, entry.id
