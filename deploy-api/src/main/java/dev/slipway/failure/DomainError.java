package dev.slipway.failure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why something that is kept cannot be read or changed. The names are those of CodeDeploy's
 * exceptions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/CommonErrors.html">CodeDeploy
 *     API reference, errors</a>
 */
public enum DomainError {
  /** More alarms than a group may have. */
  ALARMS_LIMIT_EXCEEDED,
  /** The name is taken. */
  APPLICATION_ALREADY_EXISTS,
  /** There is no application of that name. */
  APPLICATION_DOES_NOT_EXIST,
  /** There are as many applications as there may be. */
  APPLICATION_LIMIT_EXCEEDED,
  /** The name of the application is missing. */
  APPLICATION_NAME_REQUIRED,
  /** More names than one call may read. */
  BATCH_LIMIT_EXCEEDED,
  /** A key prefix without a bucket. */
  BUCKET_NAME_FILTER_REQUIRED,
  /** The deployment is over. */
  DEPLOYMENT_ALREADY_COMPLETED,
  /** The name is taken, perhaps by one of CodeDeploy's own. */
  DEPLOYMENT_CONFIG_ALREADY_EXISTS,
  /** There is no deployment config of that name. */
  DEPLOYMENT_CONFIG_DOES_NOT_EXIST,
  /** A deployment group names the config. */
  DEPLOYMENT_CONFIG_IN_USE,
  /** There are as many custom configs as there may be. */
  DEPLOYMENT_CONFIG_LIMIT_EXCEEDED,
  /** The name of the deployment config is missing. */
  DEPLOYMENT_CONFIG_NAME_REQUIRED,
  /** There is no deployment of that id. */
  DEPLOYMENT_DOES_NOT_EXIST,
  /** The name is taken within the application. */
  DEPLOYMENT_GROUP_ALREADY_EXISTS,
  /** The application has no deployment group of that name. */
  DEPLOYMENT_GROUP_DOES_NOT_EXIST,
  /** The application has as many groups as it may have. */
  DEPLOYMENT_GROUP_LIMIT_EXCEEDED,
  /** The deployment does not wait for what it shall not wait for any more. */
  DEPLOYMENT_IS_NOT_IN_READY_STATE,
  /** The deployment has not begun, so that its hosts are not known. */
  DEPLOYMENT_NOT_STARTED,
  /** The deployment has no such host. */
  DEPLOYMENT_TARGET_DOES_NOT_EXIST,
  /** The name of the host is missing. */
  DEPLOYMENT_TARGET_ID_REQUIRED,
  /** The deployment is one in place. */
  UNSUPPORTED_ACTION_FOR_DEPLOYMENT_TYPE,
  /** The name of the deployment group is missing. */
  DEPLOYMENT_GROUP_NAME_REQUIRED,
  /** The id of the deployment is missing. */
  DEPLOYMENT_ID_REQUIRED,
  /** The group has an active deployment, or too many are active in all. */
  DEPLOYMENT_LIMIT_EXCEEDED,
  /** A description of more than 256 characters. */
  DESCRIPTION_TOO_LONG,
  /** An on-premises instance needs the ARN of a user or of a session. */
  IAM_ARN_REQUIRED,
  /** Another instance has the session's ARN. */
  IAM_SESSION_ARN_ALREADY_REGISTERED,
  /** Another instance has the user's ARN. */
  IAM_USER_ARN_ALREADY_REGISTERED,
  /** More on-premises instances than one call may name. */
  INSTANCE_LIMIT_EXCEEDED,
  /** An instance of that name is registered. */
  INSTANCE_NAME_ALREADY_REGISTERED,
  /** The name of the on-premises instance is missing. */
  INSTANCE_NAME_REQUIRED,
  /** No instance of that name is registered. */
  INSTANCE_NOT_REGISTERED,
  /** A blank, long or repeated alarm name, or alarms that nobody watches. */
  INVALID_ALARM_CONFIG,
  /** The name has another form. */
  INVALID_APPLICATION_NAME,
  /** Automatic rollback is on without an event. */
  INVALID_AUTO_ROLLBACK_CONFIG,
  /** There is no such Auto Scaling group. */
  INVALID_AUTO_SCALING_GROUP,
  /** A blue/green option is missing or out of range. */
  INVALID_BLUE_GREEN_DEPLOYMENT_CONFIGURATION,
  /** The name has another form, or begins as CodeDeploy's own do. */
  INVALID_DEPLOYMENT_CONFIG_NAME,
  /** The name has another form. */
  INVALID_DEPLOYMENT_GROUP_NAME,
  /** The id has another form. */
  INVALID_DEPLOYMENT_ID,
  /** A type and an option that do not go together. */
  INVALID_DEPLOYMENT_STYLE,
  /** A filter for hosts of the inventory cannot be used. */
  INVALID_EC2_TAG,
  /** Tag filters and a tag set for hosts of the inventory together. */
  INVALID_EC2_TAG_COMBINATION,
  /** The session's ARN has another form. */
  INVALID_IAM_SESSION_ARN,
  /** The user's ARN has another form. */
  INVALID_IAM_USER_ARN,
  /** Members that do not go together. */
  INVALID_INPUT,
  /** The name has another form, or begins with i-. */
  INVALID_INSTANCE_NAME,
  /** Load balancers are missing, too many, or without a name. */
  INVALID_LOAD_BALANCER_INFO,
  /** The floor is missing or not one of a custom config. */
  INVALID_MINIMUM_HEALTHY_HOST_VALUE,
  /** The token is of another list. */
  INVALID_NEXT_TOKEN,
  /** Tag filters and a tag set for on-premises instances together. */
  INVALID_ON_PREMISES_TAG_COMBINATION,
  /** CodeDeploy's own configs cannot be deleted. */
  INVALID_OPERATION,
  /** The location of the revision is incomplete or cannot be used here. */
  INVALID_REVISION,
  /** A tag of, or a filter for, on-premises instances cannot be used. */
  INVALID_TAG,
  /** A resource tag cannot be used. */
  INVALID_TAGS_TO_ADD,
  /** Replacement hosts for a deployment that has none. */
  INVALID_TARGET_INSTANCES,
  /** A range that ends before it begins. */
  INVALID_TIME_RANGE,
  /** A trigger's name, target or events cannot be used. */
  INVALID_TRIGGER_CONFIG,
  /** The ARNs of a user and of a session together. */
  MULTIPLE_IAM_ARNS_PROVIDED,
  /** What is asked for is kept, but cannot be carried out here. */
  OPERATION_NOT_SUPPORTED,
  /** The application has no such revision. */
  REVISION_DOES_NOT_EXIST,
  /** The revision is missing. */
  REVISION_REQUIRED,
  /** More tags than there may be. */
  TAG_LIMIT_EXCEEDED,
  /** Tags are missing. */
  TAG_REQUIRED,
  /** More tag groups than there may be. */
  TAG_SET_LIST_LIMIT_EXCEEDED,
  /** More triggers than a group may have. */
  TRIGGER_TARGETS_LIMIT_EXCEEDED;

  /** Returns CodeDeploy's spelling, such as {@code ApplicationDoesNotExistException}. */
  public String exceptionName() {
    return Arrays.stream(name().split("_")).map(DomainError::word).collect(Collectors.joining())
        + "Exception";
  }

  private static String word(String word) {
    return word.equals("EC2") ? word : word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
  }
}
