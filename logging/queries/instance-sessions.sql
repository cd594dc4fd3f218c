-- title: Sessions on instances
-- question: Who logged on to which instance?
-- requirements: ARCH-S6, ARCH-S14, CFR-11.10(d), CFR-11.10(e), A11-12
-- explanation: Sessions that Session Manager opened, resumed or ended, and commands that were sent. What was
--   typed is in the log group of the sessions: ask log-messages.
-- columns: time_utc, account, region, who, ip_address, action, instance, document, session, result, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: instance (resource, default ''): Only this instance; empty: all

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  coalesce(json_extract_scalar(requestparameters, '$.target'), json_extract_scalar(requestparameters, '$.instanceIds[0]')) AS instance,
  coalesce(json_extract_scalar(requestparameters, '$.documentName'), '') AS document,
  coalesce(json_extract_scalar(responseelements, '$.sessionId'), json_extract_scalar(requestparameters, '$.sessionId')) AS session,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 'ssm.amazonaws.com'
  AND eventname IN ('StartSession', 'ResumeSession', 'TerminateSession', 'SendCommand')
  AND (${instance} = '' OR strpos(coalesce(requestparameters, ''), '"' || ${instance} || '"') > 0)
ORDER BY time_utc, event_id
