-- title: Changes of permissions
-- question: Who gave, changed or withdrew permissions?
-- requirements: ARCH-P10, ARCH-S14, CFR-11.10(d), CFR-11.10(g), A11-12
-- explanation: Calls that change who may do what: roles, users, groups and policies of IAM, permission sets
--   and assignments of IAM Identity Center, and policies of buckets and keys. Listing what was asked for; the
--   result says whether it took effect.
-- columns: time_utc, account, region, who, ip_address, action, service, result, parameters, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: person (principal, default ''): Only changes whose parameters name this person, role or policy;
--   empty: all

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  eventsource AS service,
  coalesce(errorcode, 'done') AS result,
  requestparameters AS parameters,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND readonly = 'false'
  AND ((eventsource = 'iam.amazonaws.com'
      AND regexp_like(eventname, '^(Add|Attach|Create|Delete|Detach|Put|Remove|Set|Update|Upload)'))
    OR (eventsource IN ('sso.amazonaws.com', 'sso-directory.amazonaws.com', 'identitystore.amazonaws.com')
      AND regexp_like(eventname, '^(Add|Attach|Create|Delete|Detach|Put|Provision|Remove|Update)'))
    OR eventname IN ('PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketAcl', 'PutObjectAcl', 'PutKeyPolicy',
      'CreateGrant', 'PutResourcePolicy', 'CreateResourceShare', 'AssociateResourceShare'))
  AND (${person} = '' OR strpos(coalesce(requestparameters, ''), ${person}) > 0)
ORDER BY time_utc, event_id
