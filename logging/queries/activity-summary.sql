-- title: Activity by account, user and service
-- question: How much was done, where, by whom, and how much of it was refused?
-- requirements: ARCH-S12, ARCH-S14, CFR-11.10(e), A11-9, A11-11
-- explanation: Calls counted per account, user and service, for an overview before one asks further. Reads
--   are counted too, where the trail records them.
-- columns: account, who, service, calls, changes, failed, denied, first_utc, last_utc
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  account,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  eventsource AS service,
  count(*) AS calls,
  count_if(readonly = 'false') AS changes,
  count_if(errorcode IS NOT NULL) AS failed,
  count_if(regexp_like(coalesce(errorcode, ''), 'AccessDenied|Unauthorized|Forbidden')) AS denied,
  min(eventtime) AS first_utc,
  max(eventtime) AS last_utc
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
GROUP BY account, coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid), eventsource
ORDER BY account, calls DESC, who, service
