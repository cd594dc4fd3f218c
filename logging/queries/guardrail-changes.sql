-- title: Changes of guardrails
-- question: Who changed what no account may do?
-- requirements: ARCH-P6, ARCH-S9, ARCH-S14, CFR-11.10(d), CFR-11.10(e), A11-10, A11-12
-- explanation: Changes of the organization's policies and what they are attached to, of Config rules and
--   recorders, of Security Hub, GuardDuty and account-wide settings. A guardrail that was loosened and
--   tightened again shows twice.
-- columns: time_utc, account, region, who, ip_address, action, service, result, parameters, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

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
  AND ((eventsource = 'organizations.amazonaws.com' AND regexp_like(eventname, 'Policy|PolicyType|MoveAccount|DelegatedAdministrator|AWSServiceAccess'))
    OR (eventsource = 'config.amazonaws.com' AND regexp_like(eventname, '^(Put|Delete|Stop)'))
    OR (eventsource IN ('securityhub.amazonaws.com', 'guardduty.amazonaws.com', 'controltower.amazonaws.com',
      'access-analyzer.amazonaws.com', 'macie2.amazonaws.com', 'inspector2.amazonaws.com')
      AND regexp_like(eventname, '^(Archive|Create|Delete|Disable|Disassociate|Put|Reset|Stop|Update)'))
    OR eventname IN ('PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock', 'DisableEbsEncryptionByDefault',
      'ModifyEbsDefaultKmsKeyId', 'DisableSnapshotBlockPublicAccess', 'DisableImageBlockPublicAccess',
      'ModifyVpcBlockPublicAccessOptions', 'CreateVpcBlockPublicAccessExclusion', 'DeleteAccountPasswordPolicy'))
ORDER BY time_utc, event_id
