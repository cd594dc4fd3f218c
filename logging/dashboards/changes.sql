-- title: Changes
-- question: What was changed, where and by whom, day by day?
-- requirements: ARCH-P9, ARCH-S9, ARCH-S14, CFR-11.10(e), A11-10
-- explanation: Calls that changed something, counted per day. The approval of what was launched is on the sheet of products.
-- columns: day_utc, account, region, who, service, action, calls
-- parameter: account (accounts, required): Accounts to look into

SELECT
  date_trunc('day', CAST(from_iso8601_timestamp(eventtime) AS timestamp)) AS day_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  eventsource AS service,
  eventname AS action,
  count(*) AS calls
FROM cloudtrail
WHERE account IN (${account})
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND readonly = 'false'
  AND eventcategory = 'Management'
  AND errorcode IS NULL
GROUP BY date_trunc('day', CAST(from_iso8601_timestamp(eventtime) AS timestamp)), account, region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid), eventsource, eventname
ORDER BY day_utc, account, who, action
