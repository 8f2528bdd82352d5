package localnode;

import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;

/**
 * One node in this JVM: `java localnode.LocalNode HOME PORT`, loopback only, no authentication. Port 0 takes a free one.
 * Prints "READY http://127.0.0.1:PORT" when it answers. For tests only: nothing of the real bootstrap's checks is run.
 */
public final class LocalNode {
    /** Names since 3.0 and before. */
    private static final String[][] MODULES = {
        { "org.opensearch.transport.Netty4ModulePlugin", "org.opensearch.transport.Netty4Plugin" },
        { "org.opensearch.analysis.common.CommonAnalysisModulePlugin", "org.opensearch.analysis.common.CommonAnalysisPlugin" },
        { "org.opensearch.index.mapper.MapperExtrasModulePlugin", "org.opensearch.index.mapper.MapperExtrasPlugin" },
    };

    /** The protected constructor takes modules from the class path: classes up to 3.0, PluginInfo since; both erase to Collection. */
    private static final class ClassPathNode extends Node {
        @SuppressWarnings({ "unchecked", "rawtypes" })
        ClassPathNode(Environment environment, Collection modules) {
            super(environment, modules, true);
        }

        @Override
        protected void configureNodeAndClusterIdStateListener(ClusterService clusterService) {}
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]).toAbsolutePath();
        for (String folder : List.of("config", "data", "logs", "modules", "plugins")) {
            Files.createDirectories(home.resolve(folder));
        }
        Settings settings = Settings.builder()
            .put("path.home", home.toString())
            .put("cluster.name", "tests")
            .put("node.name", "one")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", args[1])
            .put("transport.port", "0")
            .put("action.destructive_requires_name", true)
            // A nearly full disk of the machine must not make the indices read-only.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> "one");
        List<Object> modules = new ArrayList<>();
        for (String[] names : MODULES) {
            modules.add(module(firstOf(names)));
        }
        Node node = new ClassPathNode(environment, modules);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (java.io.IOException e) {
                System.err.println(e);
            }
            closed.countDown();
        }));
        node.start();
        var address = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress();
        System.out.println("READY http://" + address);
        closed.await();
    }

    private static Class<?> firstOf(String[] names) throws ClassNotFoundException {
        for (String name : names) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                // the other name
            }
        }
        throw new ClassNotFoundException(String.join(" or ", names));
    }

    /** The class itself, or, where the constructor wants one, a PluginInfo that names it. */
    private static Object module(Class<?> type) throws Exception {
        Constructor<Node> node = Node.class.getDeclaredConstructor(Environment.class, Collection.class, boolean.class);
        if (!node.getGenericParameterTypes()[1].getTypeName().contains("PluginInfo")) {
            return type;
        }
        Object version = Class.forName("org.opensearch.Version").getField("CURRENT").get(null);
        String java = Integer.toString(Runtime.version().feature());
        for (Constructor<?> info : Class.forName("org.opensearch.plugins.PluginInfo").getConstructors()) {
            Class<?>[] takes = info.getParameterTypes();
            if (takes.length == 8 && takes[3].isInstance(version) && takes[5] == String.class && takes[7] == boolean.class) {
                return info.newInstance(type.getName(), "", "", version, java, type.getName(), List.of(), false);
            }
            if (takes.length == 9 && takes[3].isInstance(version) && takes[5] == String.class && takes[8] == boolean.class) {
                return info.newInstance(type.getName(), "", "", version, java, type.getName(), null, List.of(), false);
            }
        }
        throw new IllegalStateException("no known constructor of PluginInfo");
    }
}
