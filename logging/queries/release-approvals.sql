-- title: Approvals of releases
-- question: Who approved or rejected which release, and in what words?
-- requirements: ARCH-P3, ARCH-S6, ARCH-S14, CFR-11.10(f), CFR-11.50, CFR-11.70, A11-10, A11-14
-- explanation: Answers in the approval steps of the pipelines. That nobody approves what they made is kept by
--   the duties; here it can be seen.
-- columns: time_utc, account, region, who, ip_address, action, pipeline, stage, decision, reason, result,
--   event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: pipeline (text, default ''): Only this pipeline; empty: all

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  json_extract_scalar(requestparameters, '$.pipelineName') AS pipeline,
  json_extract_scalar(requestparameters, '$.stageName') AS stage,
  json_extract_scalar(requestparameters, '$.result.status') AS decision,
  json_extract_scalar(requestparameters, '$.result.summary') AS reason,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 'codepipeline.amazonaws.com'
  AND eventname = 'PutApprovalResult'
  AND (${pipeline} = '' OR json_extract_scalar(requestparameters, '$.pipelineName') = ${pipeline})
ORDER BY time_utc, event_id
