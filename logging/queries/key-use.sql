-- title: Use of an encryption key
-- question: Who used this key, for what?
-- requirements: ARCH-P8, ARCH-S14, CFR-11.10(d), CFR-11.30, A11-12
-- explanation: Every call on the key. Where a service used the key for somebody, that somebody is named, and
--   the service under via. The context says which data it was: the bucket, the volume or the secret.
-- columns: time_utc, account, region, who, ip_address, action, via, context, result, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: key (resource, required): Id or ARN of the key

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  useridentity.invokedby AS via,
  json_format(json_extract(requestparameters, '$.encryptionContext')) AS context,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 'kms.amazonaws.com'
  AND (cardinality(filter(resources, r -> r.arn = ${key} OR strpos(r.arn || '|', ':key/' || ${key} || '|') > 0)) > 0
    OR json_extract_scalar(requestparameters, '$.keyId') = ${key})
ORDER BY time_utc, event_id
