import { CfnApiMapping, CfnDomainName } from "aws-cdk-lib/aws-apigatewayv2";
import { CfnRecordSet } from "aws-cdk-lib/aws-route53";
import { Construct } from "constructs";

/** A custom domain for the API or the consoles. */
export interface Domain {
  /** `compute.example.org` */
  readonly name: string;
  /** ARN of the domain's certificate in AWS Certificate Manager, in the stack's region. */
  readonly certificateArn: string;
  /** The Route 53 zone of the record. Without one, the operator points the name at `target`. */
  readonly hostedZoneId?: string;
}

interface ApiDomainProps extends Domain {
  readonly apiId: string;
  /** Exists before the name resolves. */
  readonly stage: Construct;
}

/** An API under a custom domain. */
export class ApiDomain extends Construct {
  /** The CNAME's target. */
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
