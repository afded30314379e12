"""Prints the endpoints of IAM by botocore: a line for each region of each partition and each variant.

    python tests/botocore/endpoints.py > tests/botocore/endpoints.tsv

Columns, tab-separated: region, FIPS, dual stack, host, signing region.
"""


import botocore.endpoint_provider
import botocore.loaders

loader = botocore.loaders.create_loader()
rules = loader.load_service_model("iam", "endpoint-rule-set-1")
partitions = loader.load_data("partitions")
provider = botocore.endpoint_provider.EndpointProvider(rules, partitions)

regions = [region for partition in partitions["partitions"] for region in partition["regions"]]
# Regions that no partition lists: claimed by a pattern, or by none and then AWS's fallback.
regions += [
    "us-west-9",
    "ap-nowhere-12",
    "cn-south-1",
    "us-gov-north-1",
    "us-iso-south-7",
    "us-isob-west-3",
    "eu-isoe-east-2",
    "us-isof-west-4",
    "eusc-de-west-1",
    "eusc-fr-east-1",
    "us-gov-nowhere",
    "cn-1",
    "mars-north-1",
    "local",
]
for region in regions:
    for fips in (False, True):
        for dual_stack in (False, True):
            endpoint = provider.resolve_endpoint(
                Region=region, UseFIPS=fips, UseDualStack=dual_stack
            )
            [scheme] = endpoint.properties.get("authSchemes") or [{"signingRegion": region}]
            host = endpoint.url.removeprefix("https://")
            flags = ["yes" if flag else "no" for flag in (fips, dual_stack)]
            print("\t".join([region, *flags, host, scheme["signingRegion"]]))
