-- title: Denied calls
-- question: Who tried to do what they may not?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.10(g), CFR-11.300, A11-12, A11-13
-- explanation: Calls that were refused for want of permission. A single one is often a mistake; many by one
--   person, or one on a record, are not.
-- columns: time_utc, account, region, who, ip_address, action, service, error, message, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: person (principal, default ''): Only this user name or ARN; empty: everybody

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  eventsource AS service,
  errorcode AS error,
  errormessage AS message,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND regexp_like(errorcode, 'AccessDenied|Unauthorized|Forbidden')
  AND (${person} = ''
    OR lower(useridentity.arn) = lower(${person})
    OR lower(useridentity.username) = lower(${person})
    OR strpos(lower(useridentity.arn) || '|', '/' || lower(${person}) || '|') > 0)
ORDER BY time_utc, event_id
