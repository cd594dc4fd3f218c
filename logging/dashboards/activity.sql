-- title: Activity
-- question: How much was done, where, by whom and with which service, day by day?
-- requirements: ARCH-S12, ARCH-S14, CFR-11.10(e), A11-9
-- explanation: Calls counted per day, account, user and service.
-- columns: day_utc, account, who, service, calls, changes, denied
-- parameter: account (accounts, required): Accounts to look into

SELECT
  date_trunc('day', CAST(from_iso8601_timestamp(eventtime) AS timestamp)) AS day_utc,
  account,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  eventsource AS service,
  count(*) AS calls,
  count_if(readonly = 'false') AS changes,
  count_if(regexp_like(coalesce(errorcode, ''), 'AccessDenied|Unauthorized|Forbidden')) AS denied
FROM cloudtrail
WHERE account IN (${account})
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
GROUP BY date_trunc('day', CAST(from_iso8601_timestamp(eventtime) AS timestamp)), account,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid), eventsource
ORDER BY day_utc, account, who, service
