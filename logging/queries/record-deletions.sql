-- title: Deletions of records
-- question: Who deleted records, or tried to, or shortened how long they are kept?
-- requirements: ARCH-P4, ARCH-P9, ARCH-S14, CFR-11.10(c), CFR-11.10(e), A11-7.1, A11-9, A11-17
-- explanation: Calls that remove stored records, backups, logs or keys, shorten a retention, lift a hold or
--   open a locked bucket, with their result: a denied attempt is listed as one. Deletions of objects are
--   recorded only where data events are, which is so for the archive.
-- columns: time_utc, account, region, who, ip_address, action, container, record, result, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: bucket (bucket, default ''): Only this bucket; empty: everything

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  coalesce(json_extract_scalar(requestparameters, '$.bucketName'),
    json_extract_scalar(requestparameters, '$.backupVaultName'),
    json_extract_scalar(requestparameters, '$.logGroupName'),
    json_extract_scalar(requestparameters, '$.keyId'),
    json_extract_scalar(requestparameters, '$.name')) AS container,
  coalesce(json_extract_scalar(requestparameters, '$.key'),
    json_extract_scalar(requestparameters, '$.recoveryPointArn'),
    json_extract_scalar(requestparameters, '$.logStreamName')) AS record,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventname IN ('DeleteObject', 'DeleteObjects', 'DeleteObjectVersion', 'DeleteBucket', 'DeleteBucketPolicy',
    'DeleteBucketReplication', 'PutBucketLifecycle', 'PutBucketLifecycleConfiguration', 'PutObjectRetention',
    'PutObjectLegalHold', 'PutBucketObjectLockConfiguration', 'PutObjectLockConfiguration', 'PutBucketVersioning',
    'DeleteTrail', 'StopLogging', 'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteRecoveryPoint',
    'DeleteBackupVault', 'UpdateRecoveryPointLifecycle', 'DeleteBackupVaultLockConfiguration', 'ScheduleKeyDeletion',
    'DeleteDBSnapshot', 'DeleteDBClusterSnapshot', 'DeleteSnapshot', 'DeleteTable', 'DeleteConfigurationRecorder')
  AND (${bucket} = '' OR json_extract_scalar(requestparameters, '$.bucketName') = ${bucket})
ORDER BY time_utc, event_id
