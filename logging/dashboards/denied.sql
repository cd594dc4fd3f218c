-- title: Denied calls
-- question: Who tried to do what they may not, day by day?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.10(g), CFR-11.300, A11-12
-- explanation: Calls that were refused for want of permission, counted per day.
-- columns: day_utc, account, region, who, service, action, error, calls
-- parameter: account (accounts, required): Accounts to look into

SELECT
  date_trunc('day', CAST(from_iso8601_timestamp(eventtime) AS timestamp)) AS day_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  eventsource AS service,
  eventname AS action,
  errorcode AS error,
  count(*) AS calls
FROM cloudtrail
WHERE account IN (${account})
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND regexp_like(errorcode, 'AccessDenied|Unauthorized|Forbidden')
GROUP BY date_trunc('day', CAST(from_iso8601_timestamp(eventtime) AS timestamp)), account, region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid), eventsource, eventname, errorcode
ORDER BY day_utc, account, who, action
