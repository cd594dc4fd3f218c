-- title: Sessions of a role
-- question: Who worked under this role?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.10(d), CFR-11.10(g), A11-12
-- explanation: Each time that somebody took on the role, failed attempts included: a person, a service or
--   another account.
-- columns: time_utc, account, region, who, ip_address, action, role, session, second_factor_used, result,
--   event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: role (principal, required): Name or ARN of the role

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.invokedby, useridentity.username, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  json_extract_scalar(requestparameters, '$.roleArn') AS role,
  json_extract_scalar(requestparameters, '$.roleSessionName') AS session,
  coalesce(useridentity.sessioncontext.attributes.mfaauthenticated, 'unknown') AS second_factor_used,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 'sts.amazonaws.com'
  AND eventname IN ('AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity')
  AND (json_extract_scalar(requestparameters, '$.roleArn') = ${role}
    OR strpos(json_extract_scalar(requestparameters, '$.roleArn') || '|', '/' || ${role} || '|') > 0)
ORDER BY time_utc, event_id
