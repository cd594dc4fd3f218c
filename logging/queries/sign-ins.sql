-- title: Sign-ins
-- question: Who signed in to the console, from where, and with a second factor?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.10(d), CFR-11.200, A11-12
-- explanation: Successful sign-ins to the console. A session that IAM Identity Center opened has shown its
--   second factor there, and says No here.
-- columns: time_utc, account, region, who, kind_of_user, ip_address, program, second_factor_used, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  useridentity.type AS kind_of_user,
  sourceipaddress AS ip_address,
  useragent AS program,
  coalesce(json_extract_scalar(additionaleventdata, '$.MFAUsed'), 'unknown') AS second_factor_used,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventname = 'ConsoleLogin'
  AND json_extract_scalar(responseelements, '$.ConsoleLogin') = 'Success'
ORDER BY time_utc, event_id
