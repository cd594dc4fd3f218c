-- title: Rejected connections
-- question: What was stopped on its way to this address?
-- requirements: ARCH-P7, ARCH-S8, ARCH-S14, CFR-11.10(h), A11-13
-- explanation: Connections that were rejected, added up per source, destination, port and reason. The reason is
--   rules where a security group or a network ACL rejected it, BPA where the public access of the VPC is
--   blocked, EC where the traffic had to be encrypted and was not.
-- columns: first_utc, last_utc, account, interface, from_address, to_address, port, reason, packets
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: address (ip, required): Address of the destination

SELECT
  date_format(from_unixtime(min(f.start)), '%Y-%m-%dT%H:%i:%sZ') AS first_utc,
  date_format(from_unixtime(max(f."end")), '%Y-%m-%dT%H:%i:%sZ') AS last_utc,
  f.account_id AS account,
  f.interface_id AS interface,
  f.pkt_srcaddr AS from_address,
  f.pkt_dstaddr AS to_address,
  f.dstport AS port,
  CASE WHEN f.reject_reason = '-' THEN 'rules' ELSE coalesce(f.reject_reason, 'rules') END AS reason,
  sum(f.packets) AS packets
FROM vpc_flow AS f
WHERE f.account IN (${account})
  AND ('all' IN (${region}) OR f.region_key IN (${region}))
  AND f.day BETWEEN ${from_day} AND ${to_day}
  AND f.start >= to_unixtime(from_iso8601_timestamp(${from_time}))
  AND f.start < to_unixtime(from_iso8601_timestamp(${until_time}))
  AND f.action = 'REJECT'
  AND (f.pkt_dstaddr = ${address} OR f.dstaddr = ${address})
GROUP BY f.account_id, f.interface_id, f.pkt_srcaddr, f.pkt_dstaddr, f.dstport, f.reject_reason
ORDER BY first_utc, from_address, port, reason
