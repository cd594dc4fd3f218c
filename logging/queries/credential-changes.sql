-- title: New and changed credentials
-- question: Who made or changed long-lived credentials?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.100, CFR-11.300, A11-12
-- explanation: Access keys, passwords and second factors of IAM users, and signing certificates. Here people
--   sign in through IAM Identity Center, so each line is an exception to explain.
-- columns: time_utc, account, region, who, ip_address, action, for_user, result, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  coalesce(json_extract_scalar(requestparameters, '$.userName'), json_extract_scalar(requestparameters, '$.serialNumber')) AS for_user,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 'iam.amazonaws.com'
  AND eventname IN ('CreateAccessKey', 'UpdateAccessKey', 'DeleteAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile',
    'DeleteLoginProfile', 'ChangePassword', 'CreateUser', 'DeleteUser', 'EnableMFADevice', 'DeactivateMFADevice',
    'CreateVirtualMFADevice', 'DeleteVirtualMFADevice', 'ResyncMFADevice', 'UploadSigningCertificate',
    'CreateServiceSpecificCredential', 'UploadSSHPublicKey')
ORDER BY time_utc, event_id
