-- title: Access to sensitive data
-- question: Who read or wrote the data in this bucket?
-- requirements: ARCH-P7, ARCH-P9, ARCH-S14, CFR-11.10(d), CFR-11.10(e), A11-9, A11-12
-- explanation: Calls on the objects of a bucket. They are recorded only for buckets whose data events the
--   trail selects. Calls that were refused are listed with their error.
-- columns: time_utc, account, region, who, ip_address, action, object_key, kind, result, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: bucket (bucket, required): Bucket that holds the data
-- parameter: key (text, default ''): Only objects whose key begins with this; empty: all

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  json_extract_scalar(requestparameters, '$.key') AS object_key,
  CASE readonly WHEN 'true' THEN 'read' ELSE 'change' END AS kind,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 's3.amazonaws.com'
  AND eventcategory = 'Data'
  AND json_extract_scalar(requestparameters, '$.bucketName') = ${bucket}
  AND (${key} = '' OR strpos(coalesce(json_extract_scalar(requestparameters, '$.key'), ''), ${key}) = 1)
ORDER BY time_utc, event_id
