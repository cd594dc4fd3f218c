-- title: Deletions
-- question: Who deleted records, or tried to, or shortened how long they are kept?
-- requirements: ARCH-P4, ARCH-P9, ARCH-S14, CFR-11.10(c), CFR-11.10(e), A11-7.1, A11-17
-- explanation: One line for each call that removes stored records, logs, backups or keys, or shortens how long they are kept.
-- columns: time_utc, account, region, who, action, container, result, calls
-- parameter: account (accounts, required): Accounts to look into

SELECT
  CAST(from_iso8601_timestamp(eventtime) AS timestamp) AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  eventname AS action,
  coalesce(json_extract_scalar(requestparameters, '$.bucketName'),
    json_extract_scalar(requestparameters, '$.backupVaultName'),
    json_extract_scalar(requestparameters, '$.logGroupName'),
    json_extract_scalar(requestparameters, '$.keyId'),
    json_extract_scalar(requestparameters, '$.name')) AS container,
  coalesce(errorcode, 'done') AS result,
  1 AS calls
FROM cloudtrail
WHERE account IN (${account})
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventname IN ('DeleteObject', 'DeleteObjects', 'DeleteObjectVersion', 'DeleteBucket', 'DeleteBucketPolicy',
    'DeleteBucketReplication', 'PutBucketLifecycle', 'PutBucketLifecycleConfiguration', 'PutObjectRetention',
    'PutObjectLegalHold', 'PutBucketObjectLockConfiguration', 'PutObjectLockConfiguration', 'PutBucketVersioning',
    'DeleteTrail', 'StopLogging', 'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteRecoveryPoint',
    'DeleteBackupVault', 'UpdateRecoveryPointLifecycle', 'DeleteBackupVaultLockConfiguration', 'ScheduleKeyDeletion',
    'DeleteDBSnapshot', 'DeleteDBClusterSnapshot', 'DeleteSnapshot', 'DeleteTable', 'DeleteConfigurationRecorder')
ORDER BY time_utc, account, who
