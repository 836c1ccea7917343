package dev.slipway.engine.domain;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.ZonalConfig;
import dev.slipway.domain.DeploymentConfigCatalog;
import dev.slipway.domain.KeptConfig;
import dev.slipway.domain.Page;
import dev.slipway.domain.Quota;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deployment configs: CodeDeploy's own, and custom ones as documents. */
final class StoredConfigs implements DeploymentConfigCatalog {

  /** CodeDeploy numbers its own configs so. */
  private static final String BUILT_IN_ID = "00000000-0000-0000-0000-%012d";

  private final DomainParts parts;

  StoredConfigs(DomainParts parts) {
    this.parts = parts;
  }

  @Override
  public KeptConfig create(
      String name, @Nullable MinimumHealthyHosts minimumHealthyHosts, @Nullable ZonalConfig zones) {
    Names.checkConfig(name);
    if (builtIn(name).isPresent()) {
      throw taken(name);
    }
    if (name.startsWith(DeploymentConfig.RESERVED_PREFIX)) {
      throw new DomainException(
          DomainError.INVALID_DEPLOYMENT_CONFIG_NAME,
          "names that begin with "
              + DeploymentConfig.RESERVED_PREFIX
              + " are CodeDeploy's own, but the name was '"
              + name
              + "'");
    }
    if (minimumHealthyHosts == null
        || minimumHealthyHosts.type() == MinimumHealthyHosts.Type.MOST_CONCURRENCY) {
      throw new DomainException(
          DomainError.INVALID_MINIMUM_HEALTHY_HOST_VALUE,
          "config '"
              + name
              + "' needs minimumHealthyHosts of type HOST_COUNT or FLEET_PERCENT, but had "
              + (minimumHealthyHosts == null ? "none" : minimumHealthyHosts.type()));
    }
    StoredConfig created =
        new StoredConfig(
            parts.newId(), new DeploymentConfig(name, minimumHealthyHosts, zones), parts.now());
    return parts.ledger().change(changes -> create(changes, created));
  }

  private KeptConfig create(Changes changes, StoredConfig created) {
    String name = created.config().name();
    if (changes.find(Kind.CONFIG, name).isPresent()) {
      throw taken(name);
    }
    parts.checkQuota(
        Quota.DEPLOYMENT_CONFIGS,
        changes.documentsOf(Kind.CONFIG, "").size() + 1,
        DomainError.DEPLOYMENT_CONFIG_LIMIT_EXCEEDED,
        "custom deployment configs");
    changes.put(Kind.CONFIG, name, created);
    return shown(created);
  }

  private static DomainException taken(String name) {
    return new DomainException(
        DomainError.DEPLOYMENT_CONFIG_ALREADY_EXISTS,
        "there is a deployment config '" + name + "' already");
  }

  private static KeptConfig shown(StoredConfig config) {
    return new KeptConfig(config.id(), config.config(), config.createdAt());
  }

  private static Optional<KeptConfig> builtIn(String name) {
    List<DeploymentConfig> all = DeploymentConfigs.all();
    return all.stream()
        .filter(config -> config.name().equals(name))
        .map(config -> new KeptConfig(BUILT_IN_ID.formatted(all.indexOf(config) + 1), config, null))
        .findFirst();
  }

  @Override
  public KeptConfig get(String name) {
    Names.checkConfig(name);
    return find(parts.ledger(), name);
  }

  static KeptConfig find(Records records, String name) {
    return builtIn(name)
        .or(() -> records.find(Kind.CONFIG, name).map(StoredConfigs::shown))
        .orElseThrow(
            () ->
                new DomainException(
                    DomainError.DEPLOYMENT_CONFIG_DOES_NOT_EXIST,
                    "there is no deployment config '" + name + "'"));
  }

  @Override
  public Page<String> list(@Nullable String nextToken) {
    List<String> names =
        Stream.concat(
                DeploymentConfigs.all().stream().map(DeploymentConfig::name),
                parts.ledger().all(Kind.CONFIG, "").stream().map(stored -> stored.config().name()))
            .sorted()
            .toList();
    return Paging.ofSorted(
        names, Comparator.naturalOrder(), "deployment-configs", nextToken, Function.identity());
  }

  @Override
  public void delete(String name) {
    Names.checkConfig(name);
    if (builtIn(name).isPresent()) {
      throw new DomainException(
          DomainError.INVALID_OPERATION,
          "deployment config '" + name + "' is CodeDeploy's own and cannot be deleted");
    }
    parts.ledger().change(changes -> delete(changes, name));
  }

  private static String delete(Changes changes, String name) {
    changes.all(Kind.GROUP, "").stream()
        .filter(group -> name.equals(group.settings().deploymentConfig()))
        .findFirst()
        .ifPresent(
            group -> {
              throw new DomainException(
                  DomainError.DEPLOYMENT_CONFIG_IN_USE,
                  "deployment config '"
                      + name
                      + "' is in use by deployment group '"
                      + group.name()
                      + "': give that another one first");
            });
    changes.remove(Kind.CONFIG, name);
    return name;
  }
}
