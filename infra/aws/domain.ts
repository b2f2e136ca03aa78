import { CfnApiMapping, CfnDomainName } from "aws-cdk-lib/aws-apigatewayv2";
import { CfnRecordSet } from "aws-cdk-lib/aws-route53";
import { Construct } from "constructs";

/** A name of one's own for the API, or for the consoles. */
export interface Domain {
  /** `compute.example.org` */
  readonly name: string;
  /** Of a certificate for that name in AWS Certificate Manager, in the region of the stack. */
  readonly certificateArn: string;
  /** The Route 53 zone to put the name into; without one, the name is pointed at `target` by hand. */
  readonly hostedZoneId?: string;
}

interface ApiDomainProps extends Domain {
  readonly apiId: string;
  /** Ready before the name leads there. */
  readonly stage: Construct;
}

/** An API under a name of one's own. */
export class ApiDomain extends Construct {
  /** What the name's CNAME is to say. */
  readonly target: string;

  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    super(scope, id);
    const { name, certificateArn, hostedZoneId, apiId, stage } = props;
    const domain = new CfnDomainName(this, "Name", {
      domainName: name,
      domainNameConfigurations: [
        { certificateArn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
      ],
    });
    const mapping = new CfnApiMapping(this, "Mapping", {
      apiId,
      domainName: domain.ref,
      stage: "$default",
    });
    mapping.node.addDependency(stage);
    this.target = domain.attrRegionalDomainName;
    if (hostedZoneId)
      new CfnRecordSet(this, "Record", {
        name,
        type: "A",
        hostedZoneId,
        aliasTarget: {
          dnsName: domain.attrRegionalDomainName,
          hostedZoneId: domain.attrRegionalHostedZoneId,
        },
      });
  }
}
