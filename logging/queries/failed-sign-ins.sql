-- title: Failed sign-ins
-- question: Who tried to sign in and failed, from where?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.10(d), CFR-11.300, A11-12
-- explanation: Sign-ins to the console that failed, and refused proofs of identity in IAM Identity Center.
--   CloudTrail does not record a user name that does not exist, lest it be a password typed into the wrong
--   field; it says HIDDEN_DUE_TO_SECURITY_REASONS instead.
-- columns: time_utc, account, region, who, ip_address, program, action, reason, second_factor_used, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.username, useridentity.arn, useridentity.principalid, useridentity.type) AS who,
  sourceipaddress AS ip_address,
  useragent AS program,
  eventname AS action,
  coalesce(errormessage, 'Failure') AS reason,
  coalesce(json_extract_scalar(additionaleventdata, '$.MFAUsed'), 'unknown') AS second_factor_used,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND ((eventname = 'ConsoleLogin' AND json_extract_scalar(responseelements, '$.ConsoleLogin') = 'Failure')
    OR (eventname = 'CredentialVerification'
      AND json_extract_scalar(serviceeventdetails, '$.CredentialVerification') = 'Failure'))
ORDER BY time_utc, event_id
