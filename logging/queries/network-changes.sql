-- title: Changes of the network
-- question: Who changed what may reach what?
-- requirements: ARCH-P7, ARCH-S9, ARCH-S14, CFR-11.10(e), A11-10
-- explanation: Changes of security groups, network ACLs, routes, gateways, endpoints, transit gateways, the
--   firewall and name resolution.
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
  AND ((eventsource = 'ec2.amazonaws.com'
      AND regexp_like(eventname, '(SecurityGroup|NetworkAcl|Route|Gateway|Vpc|Subnet|VpnConnection|Address)')
      AND regexp_like(eventname, '^(Accept|Associate|Attach|Authorize|Create|Delete|Detach|Disable|Disassociate|Enable|Modify|Reject|Replace|Revoke|Update)'))
    OR (eventsource IN ('network-firewall.amazonaws.com', 'route53resolver.amazonaws.com', 'ram.amazonaws.com', 'directconnect.amazonaws.com')
      AND regexp_like(eventname, '^(Accept|Associate|Create|Delete|Disassociate|Put|Update)')))
ORDER BY time_utc, event_id
