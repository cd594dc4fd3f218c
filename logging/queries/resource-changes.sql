-- title: Changes of a resource
-- question: Who changed this resource, when and how?
-- requirements: ARCH-P9, ARCH-S12, ARCH-S14, CFR-11.10(e), A11-9, A11-10
-- explanation: Every call that can change something and names the resource: among the resources that it
--   touched, in its parameters or in the answer. Calls that were refused are listed with their error, because
--   an attempt matters too. A name that is part of a longer name finds that as well: give the ARN or the id
--   where you can.
-- columns: time_utc, account, region, who, ip_address, action, service, result, parameters, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: resource (resource, required): ARN, id or name of the resource

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
  AND (cardinality(filter(resources, r -> r.arn = ${resource})) > 0
    OR strpos(coalesce(requestparameters, ''), ${resource}) > 0
    OR strpos(coalesce(responseelements, ''), ${resource}) > 0)
ORDER BY time_utc, event_id
