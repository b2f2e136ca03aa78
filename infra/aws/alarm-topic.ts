import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";

/** An SNS topic that mails alarms. AWS asks the address for consent first. */
export function createAlarmTopic(scope: Construct, email: string): ITopic {
  const topic = new Topic(scope, "AlarmTopic", { enforceSSL: true });
  const subscription = topic.addSubscription(new EmailSubscription(email));
  const { account } = Stack.of(scope);
  // a topic policy replaces the default one, by which the account's alarms could publish
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ["sns:Publish"],
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": account } },
    }),
  );
  Validations.of(subscription).acknowledge({
    id: "Serverless-SNSRedrivePolicy",
    reason: "SNS retries an e-mail for hours, and the alarm that it was about is in the console.",
  });
  return topic;
}
