-- title: Use of root users
-- question: Did anybody use a root user, and for what?
-- requirements: ARCH-P10, ARCH-S13, ARCH-S14, CFR-11.300, A11-12
-- explanation: Sign-ins and calls of root users. What AWS itself does in the name of the account is left out.
--   An empty answer is what one hopes for.
-- columns: time_utc, account, region, who, ip_address, action, service, result, program, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  eventsource AS service,
  coalesce(errorcode, 'done') AS result,
  useragent AS program,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND useridentity.type = 'Root'
  AND useridentity.invokedby IS NULL
  AND eventtype <> 'AwsServiceEvent'
ORDER BY time_utc, event_id
