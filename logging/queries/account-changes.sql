-- title: Changes of accounts
-- question: Which accounts were opened, moved or closed, and by whom?
-- requirements: ARCH-S1, ARCH-S12, ARCH-S14, A11-10, A11-12
-- explanation: Calls of AWS Organizations and Control Tower that change the set of accounts, where they are,
--   and the organization itself. They are recorded in the management account.
-- columns: time_utc, account, region, who, ip_address, action, about_account, moved_to, result, event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  coalesce(json_extract_scalar(requestparameters, '$.accountId'), json_extract_scalar(requestparameters, '$.accountName')) AS about_account,
  json_extract_scalar(requestparameters, '$.destinationParentId') AS moved_to,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource IN ('organizations.amazonaws.com', 'controltower.amazonaws.com', 'account.amazonaws.com')
  AND eventname IN ('CreateAccount', 'CreateGovCloudAccount', 'InviteAccountToOrganization', 'AcceptHandshake', 'MoveAccount', 'CloseAccount',
    'RemoveAccountFromOrganization', 'LeaveOrganization', 'DeleteOrganization', 'CreateOrganizationalUnit', 'DeleteOrganizationalUnit',
    'UpdateOrganizationalUnit', 'CreateManagedAccount', 'UpdateManagedAccount', 'DeregisterManagedAccount', 'PutContactInformation',
    'PutAlternateContact', 'EnableRegion', 'DisableRegion')
ORDER BY time_utc, event_id
