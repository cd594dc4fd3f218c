-- title: Network connections of an instance
-- question: With whom did this instance exchange data?
-- requirements: ARCH-P7, ARCH-S8, ARCH-S14, CFR-11.10(h), A11-13
-- explanation: Connections of the instance, added up per peer, port and direction. The addresses are those of
--   the two ends, also where a gateway is between them. Give the account that owns the network.
-- columns: first_utc, last_utc, account, instance, direction, from_address, to_address, protocol, port,
--   verdict, packets, bytes
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: instance (resource, required): Id of the instance or of its network interface

SELECT
  date_format(from_unixtime(min(f.start)), '%Y-%m-%dT%H:%i:%sZ') AS first_utc,
  date_format(from_unixtime(max(f."end")), '%Y-%m-%dT%H:%i:%sZ') AS last_utc,
  f.account_id AS account,
  f.instance_id AS instance,
  f.flow_direction AS direction,
  f.pkt_srcaddr AS from_address,
  f.pkt_dstaddr AS to_address,
  CASE f.protocol WHEN 1 THEN 'ICMP' WHEN 6 THEN 'TCP' WHEN 17 THEN 'UDP' ELSE CAST(f.protocol AS varchar) END AS protocol,
  least(f.srcport, f.dstport) AS port,
  f.action AS verdict,
  sum(f.packets) AS packets,
  sum(f.bytes) AS bytes
FROM vpc_flow AS f
WHERE f.account IN (${account})
  AND ('all' IN (${region}) OR f.region_key IN (${region}))
  AND f.day BETWEEN ${from_day} AND ${to_day}
  AND f.start >= to_unixtime(from_iso8601_timestamp(${from_time}))
  AND f.start < to_unixtime(from_iso8601_timestamp(${until_time}))
  AND (f.instance_id = ${instance} OR f.interface_id = ${instance})
  AND f.log_status = 'OK'
GROUP BY f.account_id, f.instance_id, f.flow_direction, f.pkt_srcaddr, f.pkt_dstaddr, f.protocol, least(f.srcport, f.dstport), f.action
ORDER BY first_utc, from_address, to_address, port
