-- title: Launches of products
-- question: Who launched, updated or ended which product?
-- requirements: ARCH-S2, ARCH-S4, ARCH-S14, CFR-11.10(e), A11-4, A11-10
-- explanation: Calls of the service catalog that change provisioned products. Whether the result was
--   qualified, and who approved the version, is answered by product-qualification.
-- columns: time_utc, account, region, who, ip_address, action, product, version, launched_as, result,
--   event_id
-- parameter: account (accounts, required): Accounts to look into
-- parameter: region (regions, default 'all'): Regions to look into; global services record in us-east-1
-- parameter: product (resource, default ''): Only the product of this id or name; empty: all

SELECT
  eventtime AS time_utc,
  account,
  region,
  coalesce(useridentity.arn, useridentity.username, useridentity.invokedby, useridentity.principalid) AS who,
  sourceipaddress AS ip_address,
  eventname AS action,
  coalesce(json_extract_scalar(requestparameters, '$.productId'), json_extract_scalar(requestparameters, '$.productName')) AS product,
  coalesce(json_extract_scalar(requestparameters, '$.provisioningArtifactId'),
    json_extract_scalar(requestparameters, '$.provisioningArtifactName')) AS version,
  coalesce(json_extract_scalar(requestparameters, '$.provisionedProductName'),
    json_extract_scalar(requestparameters, '$.provisionedProductId')) AS launched_as,
  coalesce(errorcode, 'done') AS result,
  eventid AS event_id
FROM cloudtrail
WHERE account IN (${account})
  AND ('all' IN (${region}) OR region IN (${region}))
  AND day BETWEEN ${from_day} AND ${to_day}
  AND eventtime >= ${from_time} AND eventtime < ${until_time}
  AND eventsource = 'servicecatalog.amazonaws.com'
  AND eventname IN ('ProvisionProduct', 'UpdateProvisionedProduct', 'TerminateProvisionedProduct', 'ExecuteProvisionedProductPlan',
    'ImportAsProvisionedProduct', 'UpdateProvisionedProductProperties')
  AND (${product} = ''
    OR json_extract_scalar(requestparameters, '$.productId') = ${product}
    OR json_extract_scalar(requestparameters, '$.productName') = ${product})
ORDER BY time_utc, event_id
