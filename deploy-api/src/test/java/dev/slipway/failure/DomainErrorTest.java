package dev.slipway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DomainErrorTest {

  @Test
  void errors_have_the_names_of_codedeploys_exceptions() {
    assertThat(Arrays.stream(DomainError.values()).map(DomainError::exceptionName))
        .contains(
            "ApplicationDoesNotExistException",
            "DeploymentConfigInUseException",
            "IamUserArnAlreadyRegisteredException",
            "InvalidBlueGreenDeploymentConfigurationException",
            "InvalidEC2TagException",
            "InvalidEC2TagCombinationException",
            "InvalidOnPremisesTagCombinationException",
            "MultipleIamArnsProvidedException",
            "TriggerTargetsLimitExceededException")
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[A-Z][A-Za-z0-9]+Exception"));
  }
}
