-- title: Changes of permission sets and assignments
-- question: Who may work where, and who decided so?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.10(d), CFR-11.10(g), A11-12
-- explanation: Changes of permission sets, and of who has which of them in which account. The ids are those
--   of IAM Identity Center.
-- columns: time_utc, account, region, who, ip_address, action, permission_set, given_to_kind, given_to,
--   in_account, result, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  json_extract_scalar(requestparameters, '$.permissionSetArn') AS permission_set,
  json_extract_scalar(requestparameters, '$.principalType') AS given_to_kind,
  json_extract_scalar(requestparameters, '$.principalId') AS given_to,
  json_extract_scalar(requestparameters, '$.targetId') AS in_account,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 'sso.amazonaws.com'
  AND readonly = 'false'
  AND regexp_like(eventname, 'PermissionSet|AccountAssignment|PermissionsBoundary')
ORDER BY time_utc, event_id
