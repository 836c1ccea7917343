package dev.slipway.host.appspec;

/** What CodeDeploy's agent 1.8 says, to the letter: users search for these texts. */
final class AgentMessages {

  private AgentMessages() {}

  /** Says: no key at all. */
  static String empty() {
    return "The deployment failed because the application specification file was empty. Make sure"
        + " your AppSpec file defines at minimum the 'version' and 'os' properties.";
  }

  /** Says: a version that is not the number 0.0. */
  static String version(String version) {
    return "The deployment failed because an invalid version value ("
        + version
        + ") was entered in the application specification file. Make sure your AppSpec file"
        + " specifies \"0.0\" as the version, and then try again.";
  }

  /** Says: an operating system other than the host's. */
  static String operatingSystem(String os) {
    return "The deployment failed because the application specification file specifies an"
        + " unsupported operating system ("
        + os
        + "). Specify either \"linux\" or \"windows\" in the os section of the AppSpec file, and"
        + " then try again.";
  }

  /** Says: a file_exists_behavior that is none. */
  static String fileExistsBehavior(String behavior) {
    return "The deployment failed because an invalid file_exists_behavior value ("
        + behavior
        + ") was entered in the application specification file. Make sure your AppSpec file"
        + " specifies one of DISALLOW,OVERWRITE,RETAIN as the file_exists_behavior, and then try"
        + " again.";
  }

  /** Says: a script without location. */
  static String noLocation() {
    return "The deployment failed because the application specification file specifies a script"
        + " with no location value. Specify the location in the hooks section of the AppSpec"
        + " file, and then try again.";
  }

  /** Says: a timeout under one second. */
  static String timeout() {
    return "The deployment failed because an invalid timeout value was provided for a script in the"
        + " application specification file. Make corrections in the hooks section of the"
        + " AppSpec file, and then try again.";
  }

  /** Says: a file without source. */
  static String noSource() {
    return "The deployment failed because the application specification file specifies a"
        + " destination file, but no source file. Update the files section of the AppSpec"
        + " file, and then try again.";
  }

  /** Says: a file without destination. */
  static String noDestination(String source) {
    return "The deployment failed because the application specification file specifies only a"
        + " source file ("
        + source
        + "). Add the name of the destination file to the files section of the AppSpec file, and"
        + " then try again.";
  }

  /** Says: a text that is no access control entry. */
  static String acl(String entry) {
    return "The deployment failed because of a problem with the acls permission settings in the"
        + " application specification file. Invalid acl entry ("
        + entry
        + ").";
  }

  /** Says: an access control entry for what mode sets. */
  static String aclBase(String entry) {
    return "The deployment failed because of a problem with the acls permission settings in the"
        + " application specification file. Use mode to set the base acl entry ("
        + entry
        + "). Update the permissions section of the AppSpec file, and then try again.";
  }

  /** Says: rights that are none. */
  static String aclCharacter(String entry, String character) {
    return "The deployment failed because the access control list (ACL) named "
        + entry
        + " in the application specification file contains an invalid character ("
        + character
        + "). Correct the ACL in the hooks section of the AppSpec file, and then try again.";
  }

  /** Says: a range that ends before it starts. */
  static String rangeOrder(String range) {
    return "The deployment failed because of a problem with the SELinux range specified ("
        + range
        + ") for the context parameter in the permissions section of the application specification"
        + " file. Make corrections in the permissions section of the AppSpec file, and then try"
        + " again.";
  }

  /** Says: a mode of more than four characters. */
  static String modeLength(String mode) {
    return "The deployment failed because the length of a permissions mode ("
        + mode
        + ") in the application specification file is invalid. Permissions modes must be between"
        + " one and four characters long. Update the permissions section of the AppSpec file, and"
        + " then try again.";
  }

  /** Says: a mode that is not octal. */
  static String modeCharacter(String mode, String character) {
    return "The deployment failed because the permissions mode ("
        + mode
        + ") in the application specification file contains an invalid character ("
        + character
        + "). Update the permissions section of the AppSpec file, and then try again.";
  }

  /** Says: a permission without object. */
  static String noObject() {
    return "The deployment failed because a permission listed in the application specification file"
        + " has no object value. Update the permissions section of the AppSpec file, and"
        + " then try again.";
  }

  /** Says: permissions for a Windows host. */
  static String permissionsOnWindows() {
    return "The deployment failed because the application specification file specifiles file"
        + " permissions, but the deployment is targeting one or more Windows Server"
        + " instances. Permissions are supported only for Amazon Linux, Ubuntu Server, and"
        + " Red Hat Enterprise Linux (RHEL) instances. Update the permissions section of the"
        + " AppSpec file, and then try again.";
  }

  /** Says: a type other than file and directory. */
  static String objectType(String type) {
    return "The deployment failed because the application specification filespecifies a permission"
        + " for an object type not supported for permissions ("
        + type
        + "). Update the permissions section of the AppSpec file, and then try again.";
  }

  /** Says: a context without type. */
  static String contextType(String context) {
    return "The deployment failed because the application specification file specifies an invalid"
        + " context type ("
        + context
        + "). Update the permissions section of the AppSpec file, and then try again.";
  }
}
