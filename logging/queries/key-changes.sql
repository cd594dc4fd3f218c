-- title: Changes of encryption keys
-- question: Who changed, disabled or deleted a key?
-- requirements: ARCH-P8, ARCH-S14, CFR-11.10(c), CFR-11.30, A11-7.1, A11-17
-- explanation: A record is readable as long as its key is. Deletions begin with a waiting period, in which
--   they can be cancelled.
-- columns: time_utc, account, region, who, ip_address, action, key, waiting_days, result, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  coalesce(json_extract_scalar(requestparameters, '$.keyId'), element_at(resources, 1).arn) AS key,
  json_extract_scalar(requestparameters, '$.pendingWindowInDays') AS waiting_days,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 'kms.amazonaws.com'
  AND eventname IN ('CreateKey', 'DisableKey', 'EnableKey', 'ScheduleKeyDeletion', 'CancelKeyDeletion', 'DeleteKey', 'PutKeyPolicy',
    'DisableKeyRotation', 'EnableKeyRotation', 'CreateGrant', 'RevokeGrant', 'RetireGrant', 'DeleteImportedKeyMaterial',
    'UpdatePrimaryRegion', 'ReplicateKey', 'CreateAlias', 'UpdateAlias', 'DeleteAlias')
ORDER BY time_utc, event_id
