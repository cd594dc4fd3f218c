-- title: Alerts of the network firewall
-- question: What did the network firewall stop or report?
-- requirements: ARCH-P6, ARCH-S14, CFR-11.10(h), A11-13
-- explanation: Connections that a rule of the network firewall dropped or reported, each by itself.
-- columns: time_utc, region, firewall, from_address, to_address, port, protocol, host, verdict, rule_name,
--   severity
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: address (ip, default ''): Only connections from or to this address; empty: all

SELECT
  date_format(from_unixtime(CAST(event_timestamp AS bigint)), '%Y-%m-%dT%H:%i:%sZ') AS time_utc,
  region,
  firewall_name AS firewall,
  event.src_ip AS from_address,
  event.dest_ip AS to_address,
  event.dest_port AS port,
  coalesce(event.app_proto, event.proto) AS protocol,
  coalesce(event.tls.sni, event.http.hostname, '') AS host,
  event.alert.action AS verdict,
  event.alert.signature AS rule_name,
  event.alert.severity AS severity
FROM firewall_alerts
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND from_unixtime(CAST(event_timestamp AS bigint)) >= from_iso8601_timestamp(${from_time})
  AND from_unixtime(CAST(event_timestamp AS bigint)) < from_iso8601_timestamp(${until_time})
  AND (${address} = '' OR event.src_ip = ${address} OR event.dest_ip = ${address})
ORDER BY time_utc, from_address, to_address, port
