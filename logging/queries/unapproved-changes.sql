-- title: Changes without an approved release
-- question: Which changes were made past the release procedure?
-- requirements: ARCH-P3, ARCH-S5, ARCH-S9, ARCH-S14, CFR-11.10(f), A11-10
-- explanation: Successful changes that were not made by the release role, and changes by the release role
--   that no approval preceded within the given hours. An approval is a positive answer in a pipeline's
--   approval step. What AWS services do by themselves, sign-ins and the approvals themselves are no changes.
--   Each line needs an explanation: an emergency, or a deviation.
-- columns: time_utc, account, region, who, service, action, reason, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: pipeline_account (accounts, required): Accounts that the pipelines run in, where approvals are
--   recorded
-- parameter: release_role (principal, required): Name of the role that releases run under
-- parameter: hours (hours, default '24'): How long an approval counts: 0 to 168 hours

WITH approvals AS (
  SELECT from_iso8601_timestamp(eventtime) AS approved_at
  FROM cloudtrail
  WHERE account IN (${pipeline_account})
    AND ('all' IN (${region}) OR region IN (${region}))
    AND day BETWEEN ${lead_day} AND ${to_day}
    AND eventsource = 'codepipeline.amazonaws.com'
    AND eventname = 'PutApprovalResult'
    AND errorcode IS NULL
    AND json_extract_scalar(requestparameters, '$.result.status') = 'Approved'
),
changes AS (
  SELECT
    eventtime AS time_utc,
    account,
    region,
    coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
    eventsource AS service,
    eventname AS action,
    eventid AS event_id,
    from_iso8601_timestamp(eventtime) AS changed_at,
    coalesce(useridentity.sessioncontext.sessionissuer.username, '') = ${release_role} AS by_release
  FROM cloudtrail
  WHERE account IN (${account})
    AND ('all' IN (${region}) OR region IN (${region}))
    AND day BETWEEN ${from_day} AND ${to_day}
    AND eventtime >= ${from_time} AND eventtime < ${until_time}
    AND readonly = 'false'
    AND eventcategory = 'Management'
    AND errorcode IS NULL
    AND eventtype = 'AwsApiCall'
    AND useridentity.invokedby IS NULL
    AND eventsource NOT IN ('signin.amazonaws.com', 'sts.amazonaws.com')
    AND eventname <> 'PutApprovalResult'
)
SELECT
  c.time_utc,
  c.account,
  c.region,
  c.who,
  c.service,
  c.action,
  CASE WHEN c.by_release THEN 'release without approval' ELSE 'not by a release' END AS reason,
  c.event_id
FROM changes AS c
LEFT JOIN approvals AS a
  ON a.approved_at <= c.changed_at
  AND a.approved_at >= date_add('hour', 0 - ${hours}, c.changed_at)
GROUP BY c.time_utc, c.account, c.region, c.who, c.service, c.action, c.by_release, c.event_id
HAVING NOT c.by_release OR count(a.approved_at) = 0
ORDER BY time_utc, event_id
