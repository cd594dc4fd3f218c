-- title: Activity of a person
-- question: What did this person do in a period?
-- requirements: ARCH-S12, ARCH-S14, CFR-11.10(e), CFR-11.10(j), A11-9, A11-12
-- explanation: Everything that a person called, reads included, under whichever role. The name is the last
--   part of the session, which IAM Identity Center sets to the person's user name; the name of an IAM user or
--   a full ARN works too. Capitals do not matter.
-- columns: time_utc, account, region, who, ip_address, action, service, kind, result, parameters, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: person (principal, required): User name, such as an e-mail address, or an ARN

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  eventsource AS service,
  CASE readonly WHEN 'true' THEN 'read' ELSE 'change' END AS kind,
  coalesce(errorcode, 'done') AS result,
  requestparameters AS parameters,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND (lower(useridentity.arn) = lower(${person})
    OR lower(useridentity.username) = lower(${person})
    OR strpos(lower(useridentity.arn) || '|', '/' || lower(${person}) || '|') > 0)
ORDER BY time_utc, event_id
