-- title: Changes of logging
-- question: Who switched logging off, or changed what is logged?
-- requirements: ARCH-P4, ARCH-S12, ARCH-S14, CFR-11.10(e), A11-9
-- explanation: Calls that stop or change trails, flow logs, query logs, recorders, subscriptions or the
--   delivery of logs. The result says whether they took effect.
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
  AND eventname IN ('StopLogging', 'StartLogging', 'DeleteTrail', 'UpdateTrail', 'CreateTrail', 'PutEventSelectors', 'PutInsightSelectors',
    'DeleteFlowLogs', 'CreateFlowLogs', 'DeleteResolverQueryLogConfig', 'DisassociateResolverQueryLogConfig',
    'StopConfigurationRecorder', 'DeleteConfigurationRecorder', 'PutConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel',
    'DeleteSubscriptionFilter', 'PutSubscriptionFilter', 'DeleteAccountPolicy', 'PutAccountPolicy', 'DeleteDeliveryStream',
    'StopDeliveryStreamEncryption', 'UpdateLoggingConfiguration', 'PutBucketLogging', 'DeleteLogGroup', 'DeleteBucketReplication',
    'PutBucketReplication')
ORDER BY time_utc, event_id
