-- title: Sign-ins
-- question: Who signed in to the console, or failed to, from where, and with a second factor?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.10(d), CFR-11.200, CFR-11.300, A11-12
-- explanation: One line for each sign-in. A session that IAM Identity Center opened has shown its second factor there, and says No here.
-- columns: time_utc, account, who, kind_of_user, ip_address, second_factor_used, result, sign_ins
-- parameter: account (accounts, required): Accounts to look into

SELECT
  CAST(from_iso8601_timestamp(eventtime) AS timestamp) AS time_utc,
  account,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  useridentity.type AS kind_of_user,
  sourceipaddress AS ip_address,
  coalesce(json_extract_scalar(additionaleventdata, '$.MFAUsed'), 'unknown') AS second_factor_used,
  coalesce(json_extract_scalar(responseelements, '$.ConsoleLogin'), 'unknown') AS result,
  1 AS sign_ins
FROM cloudtrail
WHERE account IN (${account})
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventname = 'ConsoleLogin'
ORDER BY time_utc, account, who
