-- title: Use of the emergency access
-- question: Who used the emergency access, why was it entered, and what was done with it?
-- requirements: ARCH-P10, ARCH-S13, ARCH-S14, CFR-11.10(g), CFR-11.300, A11-12, A11-13
-- explanation: Entering the emergency role or the emergency permission set, failed attempts included, and
--   every call made with them. The reason is in the record of the incident, not here: each use must have one.
-- columns: time_utc, account, region, who, ip_address, action, step, service, result, parameters, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  CASE WHEN eventname IN ('AssumeRole', 'AssumeRoleWithSAML', 'AssignRoleToUser') THEN 'entered' ELSE 'used' END AS step,
  eventsource AS service,
  coalesce(errorcode, 'done') AS result,
  requestparameters AS parameters,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND (useridentity.sessioncontext.sessionissuer.username = 'gxp-break-glass'
    OR strpos(coalesce(useridentity.sessioncontext.sessionissuer.username, ''), 'AWSReservedSSO_GxpBreakGlass_') = 1
    OR (eventsource = 'sts.amazonaws.com'
      AND (regexp_like(coalesce(json_extract_scalar(requestparameters, '$.roleArn'), ''), ':role/gxp-break-glass$')
        OR regexp_like(coalesce(json_extract_scalar(requestparameters, '$.roleArn'), ''), '/AWSReservedSSO_GxpBreakGlass_'))))
ORDER BY time_utc, event_id
